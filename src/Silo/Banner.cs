using System.Globalization;
using System.Text;
using Molino.Execution;
using Molino.Hosting;

namespace Molino.Silo;

/// <summary>What the silo says when it is up: version, store, pools, URLs, and a command to try.</summary>
internal static class Banner
{
    public static void Print(WebApplication app, TimeSpan start)
    {
        var silo = app.Services.GetRequiredService<SiloInfo>();
        var pools = app.Services.GetRequiredService<IPoolDirectory>().Pools;
        var url = app.Urls.FirstOrDefault() ?? "";
        var store = app.Services.GetRequiredService<StoreDescription>();
        var text = new StringBuilder()
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"  Molino {silo.Version}   silo {silo.Id}, up in {start.TotalSeconds:0.0} s")
            .AppendLine(CultureInfo.InvariantCulture, $"  store    {store.Text}");
        foreach (var pool in pools)
        {
            var queues = pool.Queues.Count == 0 ? "all queues" : string.Join(", ", pool.Queues);
            text.AppendLine(CultureInfo.InvariantCulture, $"  pool     {pool.Name}: {pool.Kind}, {pool.Concurrency} at once, {queues}");
        }

        foreach (var address in app.Urls) text.AppendLine(CultureInfo.InvariantCulture, $"  open     {address}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  try      curl -s '{url}/api/jobs?wait=5' -H 'content-type: application/json' -d '{{\"type\":\"echo\",\"args\":{{\"hello\":\"mill\"}}}}'");
        Console.WriteLine(text);
    }
}
