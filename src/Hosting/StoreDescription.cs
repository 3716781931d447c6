namespace Molino.Hosting;

/// <summary>Which store the silo uses, for people.</summary>
/// <param name="Text">Kind and place; no secrets.</param>
public sealed record StoreDescription(string Text);
