using Microsoft.Extensions.Options;
using Molino.Runtime.Hostility;
using Orleans.Configuration;

namespace Molino.Runtime.Hosting;

/// <summary>Checks the options of a silo at its start.</summary>
internal sealed class SiloOptionsValidator
    : IValidateOptions<SiloMessagingOptions>, IValidateOptions<GrainCollectionOptions>, IValidateOptions<HostileOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SiloMessagingOptions options) =>
        options.ResponseTimeout > TimeSpan.Zero
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{nameof(SiloMessagingOptions)}.{nameof(options.ResponseTimeout)} is {options.ResponseTimeout}; it must be more than zero.");

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, GrainCollectionOptions options)
    {
        if (options.CollectionQuantum <= TimeSpan.Zero || options.ActivationTimeout <= TimeSpan.Zero || options.DeactivationTimeout <= TimeSpan.Zero)
        {
            return ValidateOptionsResult.Fail($"The times of {nameof(GrainCollectionOptions)} must be more than zero.");
        }

        return options.CollectionAge > options.CollectionQuantum && options.ClassSpecificCollectionAge.Values.All(age => age > options.CollectionQuantum)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Collection ages must be more than {nameof(options.CollectionQuantum)}, which is {options.CollectionQuantum}.");
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HostileOptions options) =>
        new[] { options.DropRate, options.DelayRate, options.ReorderRate, options.DoubleActivationRate, options.EarlyCollectionRate, options.ObserverExpiryRate, options.StreamAbortRate, options.MisplacementRate }.All(rate => rate is >= 0 and <= 1)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"The rates of {nameof(HostileOptions)} lie between 0 and 1.");
}
