namespace Molino.Storage.Redis.Connections;

/// <summary>A command: its name and arguments.</summary>
internal sealed class RespCommand
{
    private readonly RespArguments _arguments;

    public RespCommand(string name, int capacity = 256) => _arguments = new RespArguments(capacity).Add(name);

    /// <summary>How many parts the command has, its name included.</summary>
    public int Count => _arguments.Count;

    /// <summary>The parts as they are sent, without the list's head.</summary>
    public ReadOnlySpan<byte> Written => _arguments.Written;

    /// <summary>A command with text arguments.</summary>
    public static RespCommand Of(string name, params ReadOnlySpan<string> args)
    {
        var command = new RespCommand(name);
        foreach (var arg in args) command._arguments.Add(arg);
        return command;
    }

    public RespCommand Arg(ReadOnlySpan<byte> value)
    {
        _arguments.Add(value);
        return this;
    }

    public RespCommand Arg(string value)
    {
        _arguments.Add(value);
        return this;
    }

    public RespCommand Arg(long value)
    {
        _arguments.Add(value);
        return this;
    }

    public RespCommand Args(RespArguments values)
    {
        _arguments.Add(values);
        return this;
    }
}
