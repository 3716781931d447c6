namespace Molino.Api;

/// <summary>Makes something of a body. The memory is only lent: what stays must be copied.</summary>
/// <typeparam name="T">What is made.</typeparam>
/// <param name="body">The body.</param>
internal delegate T BodyParser<out T>(ReadOnlySpan<byte> body);
