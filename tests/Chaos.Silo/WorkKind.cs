namespace Molino.Chaos.Silo;

/// <summary>What a worker sees of a run.</summary>
public enum WorkKind
{
    Start,

    Beat,

    End,
}
