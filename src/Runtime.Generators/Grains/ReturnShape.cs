using Microsoft.CodeAnalysis;
using Molino.Runtime.Generators.Model;

namespace Molino.Runtime.Generators.Grains;

/// <summary>Which of the four tasks a method returns, or a stream, or nothing.</summary>
/// <param name="Result">The type of the result, or null.</param>
/// <param name="IsValueTask">True for the two value tasks.</param>
/// <param name="IsVoid">True for nothing, which observers may return: nobody waits for such calls.</param>
/// <param name="IsStream">True for <c>IAsyncEnumerable</c>; <paramref name="Result"/> is the type of its elements.</param>
internal sealed record ReturnShape(ITypeSymbol? Result, bool IsValueTask, bool IsVoid = false, bool IsStream = false)
{
    /// <summary>Looks at a return type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="ofObserver">Whether the method belongs to an observer.</param>
    /// <returns>The shape, or null when it is none of these.</returns>
    public static ReturnShape? Of(ITypeSymbol type, bool ofObserver)
    {
        if (type.SpecialType == SpecialType.System_Void)
        {
            return ofObserver ? new ReturnShape(null, IsValueTask: false, IsVoid: true) : null;
        }

        if (Names.Plain(type) == "System.Collections.Generic.IAsyncEnumerable")
        {
            return ofObserver ? null : new ReturnShape(((INamedTypeSymbol)type).TypeArguments[0], IsValueTask: false, IsStream: true);
        }

        var isValueTask = Names.Plain(type) == "System.Threading.Tasks.ValueTask";
        if (type is not INamedTypeSymbol named || (!isValueTask && Names.Plain(type) != "System.Threading.Tasks.Task"))
        {
            return null;
        }

        return new ReturnShape(named.TypeArguments.FirstOrDefault(), isValueTask);
    }

    /// <summary>Makes what the method returns from the task of the answer.</summary>
    /// <param name="task">An expression of the task.</param>
    /// <returns>The expression.</returns>
    public string Wrap(string task) => (Result, IsValueTask) switch
    {
        (null, true) => $"new global::System.Threading.Tasks.ValueTask({task})",
        ({ } result, true) => $"new global::System.Threading.Tasks.ValueTask<{Names.Full(result)}>({task})",
        _ => task,
    };

    /// <summary>Makes a value task from what the grain returns.</summary>
    /// <param name="invocation">An expression of the call.</param>
    /// <returns>The expression.</returns>
    public string AsValueTask(string invocation) => (Result, IsValueTask) switch
    {
        (_, true) => invocation,
        (null, false) => $"new global::System.Threading.Tasks.ValueTask({invocation})",
        ({ } result, false) => $"new global::System.Threading.Tasks.ValueTask<{Names.Full(result)}>({invocation})",
    };
}
