using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Molino.Core;
using Molino.Execution;

namespace Molino.Hosting;

/// <summary>What a host adds to its silo: job types, pools, queues. Made by <c>AddMolino</c>.</summary>
public sealed class MolinoBuilder
{
    private readonly List<JobType> _types = [];
    private readonly Dictionary<string, PoolOptions> _pools = new(StringComparer.Ordinal);

    internal MolinoBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
    }

    /// <summary>The host's services, for what handlers need.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The host's configuration.</summary>
    public IConfiguration Configuration { get; }

    /// <summary>The job types added so far.</summary>
    public IReadOnlyList<JobType> Types => _types;

    /// <summary>The pools added so far; without any, configuration or the default pool decides.</summary>
    public IReadOnlyDictionary<string, PoolOptions> Pools => _pools;

    /// <summary>Adds a handler. A new one is made for each attempt, with the host's services.</summary>
    /// <typeparam name="THandler">Implements <see cref="IJobHandler{TArgs,TResult}"/> once.</typeparam>
    /// <param name="configure">Sets what jobs of the type get by default.</param>
    /// <param name="name">The type's name; null for the one in <see cref="JobTypeAttribute"/> on the arguments.</param>
    /// <exception cref="ArgumentException">No name is known, the name breaks the rule for names, or the handler has another shape.</exception>
    public MolinoBuilder AddJob<THandler>(Action<JobTypeOptions>? configure = null, string? name = null)
        where THandler : class
    {
        var options = new JobTypeOptions();
        configure?.Invoke(options);
        return AddJobType(HandlerShape.Describe<THandler>(name, options));
    }

    /// <summary>Adds a job type that a pack describes.</summary>
    /// <param name="type">The type.</param>
    public MolinoBuilder AddJobType(JobType type)
    {
        _types.Add(type);
        return this;
    }

    /// <summary>Adds job types that a pack describes.</summary>
    /// <param name="types">The types.</param>
    public MolinoBuilder AddJobTypes(IEnumerable<JobType> types)
    {
        _types.AddRange(types);
        return this;
    }

    /// <summary>Adds a pool in code; configuration of the same name wins.</summary>
    /// <param name="name">Its name: <c>[a-z0-9][a-z0-9._-]{0,99}</c>.</param>
    /// <param name="configure">Sets it up.</param>
    /// <exception cref="ConfigurationException">The name breaks the rule for names, or a value is out of its range.</exception>
    public MolinoBuilder AddPool(string name, Action<PoolOptions> configure)
    {
        if (!Names.IsValid(name)) throw new ConfigurationException($"Pools:{name}", "a pool's name is [a-z0-9][a-z0-9._-]{0,99}.");
        var options = new PoolOptions();
        configure(options);
        SiloSettings.CheckPool(name, options);
        _pools[name] = options;
        return this;
    }
}
