using Molino.Core;
using Orleans;

namespace Molino.Storage;

/// <summary>The store could not do what was asked. <see cref="JobSystemException.Code"/> says why; see the <c>Store*</c> codes and <see cref="ErrorCodes.OutcomeUnknown"/>.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="message">A sentence that names the store and what to do.</param>
/// <param name="inner">The cause.</param>
[GenerateSerializer, Alias("store.error.v1")]
public sealed class StoreException(string code, string message, Exception? inner = null) : JobSystemException(code, message, inner);
