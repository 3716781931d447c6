namespace Molino.Runtime.Generators.Copiers;

/// <summary>How a value is handed over.</summary>
internal enum Mutability
{
    /// <summary>As it is, always.</summary>
    Never,

    /// <summary>As it is, and as a copy in hostile mode: it is declared, or seen, not to change.</summary>
    Declared,

    /// <summary>As a copy.</summary>
    Mutable,
}
