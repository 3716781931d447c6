using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Molino.Core;

namespace Molino;

/// <summary>A registered job type: its name, the shape of its arguments and how to run it.</summary>
public sealed class JobType
{
    private readonly Func<ReadOnlyMemory<byte>, object> _readArgs;
    private readonly Func<IServiceProvider, object, IJobContext, CancellationToken, Task<ReadOnlyMemory<byte>>> _run;
    private readonly Lazy<JsonNode> _schema;

    private JobType(
        string name,
        Type argsType,
        JobTypeOptions options,
        Func<ReadOnlyMemory<byte>, object> readArgs,
        Func<IServiceProvider, object, IJobContext, CancellationToken, Task<ReadOnlyMemory<byte>>> run)
    {
        Name = name;
        ArgsType = argsType;
        Options = options;
        _readArgs = readArgs;
        _run = run;
        _schema = new Lazy<JsonNode>(() => JobJson.Options.GetJsonSchemaAsNode(argsType));
    }

    /// <summary>The type's name.</summary>
    public string Name { get; }

    /// <summary>The CLR type of the arguments.</summary>
    public Type ArgsType { get; }

    /// <summary>What jobs of this type get by default.</summary>
    public JobTypeOptions Options { get; }

    /// <summary>JSON schema of the arguments, made at first use.</summary>
    public JsonNode ArgsSchema => _schema.Value;

    /// <summary>Describes a type.</summary>
    /// <typeparam name="TArgs">Its arguments.</typeparam>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="options">Its defaults.</param>
    /// <param name="createHandler">Makes the handler of one attempt.</param>
    /// <exception cref="ArgumentException">The name breaks the rule for names.</exception>
    public static JobType Create<TArgs, TResult>(string name, JobTypeOptions options, Func<IServiceProvider, IJobHandler<TArgs, TResult>> createHandler)
        where TArgs : notnull
    {
        if (!Names.IsValid(name)) throw new ArgumentException($"'{name}' is not a name for a job type: [a-z0-9][a-z0-9._-]{{0,99}}.", nameof(name));
        return new JobType(
            name,
            typeof(TArgs),
            options,
            json => JsonSerializer.Deserialize<TArgs>(json.Span, JobJson.Options) ?? throw new JsonException("The arguments are null."),
            async (services, args, context, cancellationToken) =>
            {
                var result = await createHandler(services).RunAsync((TArgs)args, context, cancellationToken).ConfigureAwait(false);
                return JsonSerializer.SerializeToUtf8Bytes(result, JobJson.Options);
            });
    }

    /// <summary>Checks arguments against the type's shape.</summary>
    /// <param name="args">JSON, UTF-8.</param>
    /// <returns>What is wrong, with the JSON path of the place; null when the arguments fit.</returns>
    public JobArgsProblem? Validate(ReadOnlyMemory<byte> args)
    {
        try
        {
            _readArgs(args);
            return null;
        }
        catch (JsonException error)
        {
            return new JobArgsProblem(error.Path is null or "$" ? "args" : "args" + error.Path[1..], error.Message);
        }
        catch (ArgumentException error)
        {
            return new JobArgsProblem(error.ParamName is { } name ? "args." + name : "args", error.Message);
        }
    }

    /// <summary>Runs one attempt.</summary>
    /// <param name="services">The attempt's service scope.</param>
    /// <param name="args">Arguments as JSON, UTF-8.</param>
    /// <param name="context">The attempt.</param>
    /// <param name="cancellationToken">See <see cref="IJobHandler{TArgs,TResult}.RunAsync"/>.</param>
    /// <returns>The result as JSON, UTF-8.</returns>
    public Task<ReadOnlyMemory<byte>> RunAsync(IServiceProvider services, ReadOnlyMemory<byte> args, IJobContext context, CancellationToken cancellationToken) =>
        _run(services, _readArgs(args), context, cancellationToken);
}
