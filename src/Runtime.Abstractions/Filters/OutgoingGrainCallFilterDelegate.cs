namespace Orleans;

/// <summary>An <see cref="IOutgoingGrainCallFilter"/> as a delegate.</summary>
/// <param name="context">The call.</param>
/// <returns>A task.</returns>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
