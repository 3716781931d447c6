namespace Molino.Client.Gateway;

/// <summary>Bounds of what a client and its gateway say to each other; the same as over HTTP where that has one.</summary>
public static class GatewayLimits
{
    /// <summary>The longest wait of one call; longer ones are repeated.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>The most bytes of one job's arguments: 4 MiB.</summary>
    public const int JobBytes = 4 << 20;

    /// <summary>The most bytes of a batch's arguments: 32 MiB.</summary>
    public const int BatchBytes = 32 << 20;

    /// <summary>The most bytes of one message: a batch, and what is around its arguments.</summary>
    public const int MessageBytes = BatchBytes + (16 << 20);

    /// <summary>Bytes of a part of a streamed result: 256 KiB.</summary>
    public const int PartBytes = 256 << 10;

    /// <summary>Results up to this size come with the answer: 64 KiB.</summary>
    public const int InlineBytes = 64 << 10;

    /// <summary>About so many bytes of arguments are in one page of a list: 16 MiB.</summary>
    public const int PageBytes = 16 << 20;
}
