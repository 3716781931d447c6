using Microsoft.Extensions.DependencyInjection;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Outages;

/// <summary>Puts the doors before the real stores.</summary>
internal static class FaultyStoreExtensions
{
    public static void AddFaults(this IServiceCollection services)
    {
        Wrap<IJobStore, FaultyJobStore>(services, inner => new FaultyJobStore(inner));
        Wrap<IJobContentStore, FaultyContentStore>(services, inner => new FaultyContentStore(inner));
    }

    public static FaultyJobStore Faults(this TestSilo silo) => (FaultyJobStore)silo.Store;

    private static void Wrap<TPort, TDoor>(IServiceCollection services, Func<TPort, TDoor> wrap)
        where TPort : class
        where TDoor : class, TPort
    {
        var real = services.Single(service => service.ServiceType == typeof(TPort));
        services.Remove(real);
        services.AddSingleton<TPort>(provider => wrap((TPort)real.ImplementationFactory!(provider)));
    }
}
