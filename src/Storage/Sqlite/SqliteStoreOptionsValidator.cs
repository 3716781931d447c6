using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Molino.Storage.Sqlite;

/// <summary>Checks the ranges of <see cref="SqliteStoreOptions"/>.</summary>
internal sealed class SqliteStoreOptionsValidator : IValidateOptions<SqliteStoreOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SqliteStoreOptions options)
    {
        var problems = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(problem => "Store: " + problem.ErrorMessage));
    }
}
