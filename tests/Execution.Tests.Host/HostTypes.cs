using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Jobs.BuiltIn;

namespace Molino.Execution.Tests.Host;

/// <summary>The job types of the tests: each does one thing that a runner must cope with.</summary>
public sealed class HostTypes : IJobTypeRegistry
{
    private static readonly List<byte[]> Kept = [];

    private readonly Dictionary<string, JobType> _types = All().ToDictionary(static type => type.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<JobType> Types => _types.Values;

    public bool TryGet(string name, [NotNullWhen(true)] out JobType? type) => _types.TryGetValue(name, out type);

    private static IEnumerable<JobType> All() =>
    [
        .. BuiltInJobs.Types,
        Make("t.pid", static (_, _, _) => Task.FromResult<object?>(Environment.ProcessId)),
        Make("t.console", ConsoleAsync),
        Make("t.exit", ExitAsync),
        Make("t.kill-self", KillSelfAsync),
        Make("t.memory", MemoryAsync),
        Make("t.large", static (args, _, _) => Task.FromResult<object?>(new string('x', args.GetProperty("bytes").GetInt32()))),
        Make("t.wait", WaitAsync),
        Make("t.ignore", IgnoreAsync),
        Make("t.block", BlockAsync),
        Make("t.shell", ShellAsync),
        Make("t.lock", LockAsync),
        Make("t.context", ContextAsync),
        Make("t.effect-fails", EffectFailsAsync),
        Make("t.save", SaveAsync),
        Make("t.snooze", static (_, context, _) => throw context.Snooze(TimeSpan.FromSeconds(90))),
        Make("t.permanent", static (_, _, _) => throw new PermanentJobException("SqlError", "no such table", "line 3")),
        Make("t.long-message", static (args, _, _) => throw new FormatException(new string('\u00e9', args.GetProperty("characters").GetInt32()))),
        Make("t.report", static (args, context, _) =>
        {
            context.Report(0.5, "half", new string('x', args.GetProperty("characters").GetInt32()));
            return Task.FromResult<object?>(Environment.ProcessId);
        }),
        Make("t.close-console", CloseConsoleAsync),
        JobType.Create<JsonElement, object?>("t.logger", new JobTypeOptions(), static services => new HostHandler((_, _, _) =>
        {
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Handler").LogWarning("said by the handler");
            return Task.FromResult<object?>(null);
        })),
    ];

    private static JobType Make(string name, Func<JsonElement, IJobContext, CancellationToken, Task<object?>> run) =>
        JobType.Create<JsonElement, object?>(name, new JobTypeOptions(), _ => new HostHandler(run));

    private static async Task<object?> ConsoleAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        Console.WriteLine("from Console.Out");
        await Console.Error.WriteLineAsync("from Console.Error");
        using var shell = Process.Start("sh", ["-c", "echo from a command; echo its errors >&2; printf 'no line end'"])!;
        await shell.WaitForExitAsync(cancellationToken);
        return "result";
    }

    /// <summary>Leaves a console that throws when the runner flushes it.</summary>
    private static async Task<object?> CloseConsoleAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(new MemoryStream());
        Console.SetOut(writer);
        await writer.DisposeAsync();
        return null;
    }

    private static async Task<object?> ExitAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        context.Log("said by Log");
        await Console.Error.WriteLineAsync("last words");
        Environment.Exit(args.GetProperty("code").GetInt32());
        return null;
    }

    private static async Task<object?> KillSelfAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("last words");
        if (args.GetProperty("signal").GetString() == "ABRT") Environment.FailFast("the runtime gave up");
        using var kill = Process.Start("sh", ["-c", $"kill -{args.GetProperty("signal").GetString()} {Environment.ProcessId}"])!;
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return null;
    }

    private static Task<object?> MemoryAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        var block = new byte[args.GetProperty("mb").GetInt32() * 1024 * 1024];
        for (var i = 0; i < block.Length; i += 4096) block[i] = 1;
        lock (Kept) Kept.Add(block);
        return Task.FromResult<object?>(Environment.ProcessId);
    }

    private static async Task<object?> WaitAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        context.Log($"pid {Environment.ProcessId}");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            context.Log($"stopped by {context.StopReason}");
        }

        return null;
    }

    private static async Task<object?> IgnoreAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        context.Log($"pid {Environment.ProcessId}");
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return null;
    }

    private static Task<object?> BlockAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        context.Log($"pid {Environment.ProcessId}");
        using var never = new ManualResetEventSlim();
        never.Wait(CancellationToken.None);
        return Task.FromResult<object?>(null);
    }

    /// <summary>Runs a script with the child's own output, without supervision; ignores the token. Returns when the script ends.</summary>
    private static async Task<object?> ShellAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        context.Log($"pid {Environment.ProcessId}");
        using var shell = Process.Start("sh", ["-c", args.GetProperty("script").GetString()!])!;
        await shell.WaitForExitAsync(CancellationToken.None);
        return shell.ExitCode;
    }

    /// <summary>Holds a file that only one may hold; with <c>hold</c> for ever.</summary>
    private static async Task<object?> LockAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(args.GetProperty("file").GetString()!, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Console.WriteLine("locked");
        await File.WriteAllTextAsync(file.Name + ".held", "yes", CancellationToken.None);
        if (args.GetProperty("hold").GetBoolean()) await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return "mine";
    }

    private static async Task<object?> ContextAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        context.Report(0.5, "half", new { rows = 3 });
        var state = await context.LoadStateAsync<Dictionary<string, int>>("cursor", cancellationToken);
        await context.SaveStateAsync("cursor", new Dictionary<string, int>(StringComparer.Ordinal) { ["at"] = (state?["at"] ?? 0) + 1 }, cancellationToken);
        var effect = await context.EffectOnceAsync("mail", _ => Task.FromResult(Guid.NewGuid()), cancellationToken);
        await context.AppendResultItemsAsync(Encoding.UTF8.GetBytes("1\n2\n"), 2, cancellationToken);
        var child = await context.SubmitChildAsync("echo", new { a = 1 }, "first", cancellationToken);
        return new { effect, child = child.ToString(), before = state?["at"], context.Attempt, hard = context.TimeLimits.Hard.TotalSeconds };
    }

    private static async Task<object?> EffectFailsAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await context.EffectOnceAsync<int>("bad", _ => throw new FormatException("in the effect"), cancellationToken);
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }

    private static async Task<object?> SaveAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken)
    {
        await context.SaveStateAsync("a", 1, cancellationToken);
        return null;
    }
}
