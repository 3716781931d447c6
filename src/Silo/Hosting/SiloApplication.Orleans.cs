using Molino.Api;
using Orleans.Dashboard;
using Orleans.Hosting;

namespace Molino.Silo;

/// <summary>Orleans' own dashboard, at <c>/orleans</c>.</summary>
internal static partial class SiloApplication
{
    static partial void AddActorDashboard(WebApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        silo.AddDashboard(options => options.HideTrace = true); // the silo's log is not for every viewer
    });

    static partial void MapActorDashboard(WebApplication app) => app.MapOrleansDashboard("/orleans").RequireViewer();
}
