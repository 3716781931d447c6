using Microsoft.Extensions.DependencyInjection;

namespace Molino.Execution.Inline;

/// <summary>The service scope of an attempt, made when the handler first asks for a service: cheap handlers never pay for one.</summary>
internal sealed class LazyScope(IServiceProvider root) : IKeyedServiceProvider, ISupportRequiredService, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private AsyncServiceScope? _scope;

    private IServiceProvider Services
    {
        get
        {
            if (_scope is { } made) return made.ServiceProvider;
            lock (_gate)
            {
                _scope ??= root.CreateAsyncScope();
                return _scope.Value.ServiceProvider;
            }
        }
    }

    public object? GetService(Type serviceType) => Services.GetService(serviceType);

    public object GetRequiredService(Type serviceType) => Services.GetRequiredService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) => (Services as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => Services.GetRequiredKeyedService(serviceType, serviceKey);

    public ValueTask DisposeAsync() => _scope is { } made ? made.DisposeAsync() : ValueTask.CompletedTask;
}
