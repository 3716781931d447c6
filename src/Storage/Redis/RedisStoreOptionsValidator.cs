using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis;

/// <summary>Checks the ranges of <see cref="RedisStoreOptions"/>, and that its connection can be read.</summary>
internal sealed class RedisStoreOptionsValidator : IValidateOptions<RedisStoreOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RedisStoreOptions options)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
            return ValidateOptionsResult.Fail(problems.Select(problem => "Store: " + problem.ErrorMessage));
        return ConnectionSettings.Parse(options.Connection, out var problem) is null ? ValidateOptionsResult.Fail("Store:Redis: " + problem) : ValidateOptionsResult.Success;
    }
}
