namespace Molino.Client;

/// <summary>What may be done again when the answer was lost.</summary>
internal enum Repeat
{
    /// <summary>Only what surely did not reach the server, or was turned away by it.</summary>
    IfNotDone,

    /// <summary>Anything: doing it twice is doing it once.</summary>
    Always,
}
