using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Molino.Hosting;

/// <summary>Reads a handler's argument and result types once, at registration; running it needs no reflection.</summary>
internal static class HandlerShape
{
    private static readonly MethodInfo DescribeAs = typeof(HandlerShape).GetMethod(nameof(Create), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Describes the job type of a handler.</summary>
    /// <exception cref="ArgumentException">See <see cref="MolinoBuilder.AddJob{THandler}"/>.</exception>
    public static JobType Describe<THandler>(string? name, JobTypeOptions options)
        where THandler : class
    {
        var shapes = typeof(THandler).GetInterfaces().Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IJobHandler<,>)).ToArray();
        if (shapes is not [var shape])
            throw new ArgumentException($"{typeof(THandler)} implements IJobHandler<,> {shapes.Length} times; once is needed.", nameof(name));
        var arguments = shape.GetGenericArguments();
        name ??= arguments[0].GetCustomAttribute<JobTypeAttribute>()?.Name
            ?? throw new ArgumentException($"{arguments[0]} has no [JobType] attribute; give the type's name to AddJob.", nameof(name));
        return (JobType)DescribeAs.MakeGenericMethod(typeof(THandler), arguments[0], arguments[1]).Invoke(null, [name, options])!;
    }

    private static JobType Create<THandler, TArgs, TResult>(string name, JobTypeOptions options)
        where THandler : class, IJobHandler<TArgs, TResult>
        where TArgs : notnull
    {
        var make = ActivatorUtilities.CreateFactory<THandler>([]);
        return JobType.Create<TArgs, TResult>(name, options, services => make(services, []));
    }
}
