using Microsoft.Extensions.DependencyInjection;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Outages;

/// <summary>Puts the doors before the real stores.</summary>
internal static class FaultyStoreExtensions
{
    public static void AddFaults(this IServiceCollection services)
    {
        services.Wrap<IJobStore, FaultyJobStore>(inner => new FaultyJobStore(inner));
        services.Wrap<IJobContentStore, FaultyContentStore>(inner => new FaultyContentStore(inner));
    }

    public static FaultyJobStore Faults(this TestSilo silo) => (FaultyJobStore)silo.Store;

    /// <summary>Puts a door before a port of the real store.</summary>
    public static void Wrap<TPort, TDoor>(this IServiceCollection services, Func<TPort, TDoor> wrap)
        where TPort : class
        where TDoor : class, TPort
    {
        var real = services.Single(service => service.ServiceType == typeof(TPort));
        services.Remove(real);
        services.AddSingleton<TPort>(provider => wrap((TPort)real.ImplementationFactory!(provider)));
    }
}
