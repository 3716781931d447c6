namespace Orleans;

/// <summary>An <see cref="IIncomingGrainCallFilter"/> as a delegate.</summary>
/// <param name="context">The call.</param>
/// <returns>A task.</returns>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);
