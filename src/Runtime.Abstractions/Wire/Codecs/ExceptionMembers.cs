namespace Molino.Runtime.Wire;

/// <summary>The members of an exception that its own type adds, to be written as a group.</summary>
/// <param name="Codec">Knows the members.</param>
/// <param name="Error">The exception.</param>
internal readonly record struct ExceptionMembers(Codec Codec, Exception Error);
