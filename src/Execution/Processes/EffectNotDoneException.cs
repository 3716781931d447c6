namespace Molino.Execution.Processes;

/// <summary>Carries "the effect threw in the child" through the context's <see cref="IJobContext.EffectOnceAsync"/>; the child has the real exception.</summary>
internal sealed class EffectNotDoneException() : Exception("The effect failed in the child runner.");
