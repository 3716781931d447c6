using Molino.Runtime;

namespace Orleans.Runtime;

/// <content>The section within which a call chain may re-enter, or may not.</content>
public static partial class RequestContext
{
    /// <summary>A span of code with a call chain of its own. Dispose it to return to the one before.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _current;

        /// <summary>Initializes a new instance of the <see cref="ReentrancySection"/> struct and makes the new chain current.</summary>
        /// <param name="originalReentrancyId">The chain to return to.</param>
        /// <param name="newReentrancyId">The chain of the section.</param>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _current = newReentrancyId;
            ReentrancyId = newReentrancyId;
        }

        /// <summary>Returns to the chain before.</summary>
        public void Dispose()
        {
            ReentrancyId = _original;
            if (_current != Guid.Empty)
            {
                IActivation.Current?.ExitReentrantSection(_current);
            }
        }
    }
}
