using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Molino.Core;

namespace Molino.Jobs.SqlLab;

/// <summary>Checks the section <c>Sql</c> at start: unknown keys, ranges, and each database by its kind. Every message starts with the key that is wrong.</summary>
internal sealed class SqlLabOptionsValidator(IConfigurationSection section, IEnumerable<ISqlDatabaseKind> kinds) : IValidateOptions<SqlLabOptions>
{
    private static readonly string[] RootKeys =
        [nameof(SqlLabOptions.Databases), nameof(SqlLabOptions.Sample), nameof(SqlLabOptions.DefaultLimit), nameof(SqlLabOptions.MaxResultBytes), nameof(SqlLabOptions.StopTimeout)];

    private static readonly string[] DatabaseKeys =
    [
        nameof(SqlDatabaseOptions.Kind), nameof(SqlDatabaseOptions.Url), nameof(SqlDatabaseOptions.Database), nameof(SqlDatabaseOptions.User),
        nameof(SqlDatabaseOptions.PasswordFile), nameof(SqlDatabaseOptions.Path), nameof(SqlDatabaseOptions.Settings),
    ];

    public ValidateOptionsResult Validate(string? name, SqlLabOptions options)
    {
        var databases = section.GetSection(nameof(SqlLabOptions.Databases));
        var problems = UnknownKeys(section, RootKeys)
            .Concat(databases.GetChildren().SelectMany(database => UnknownKeys(database, DatabaseKeys)))
            .Concat(OutOfRange(options))
            .Concat(options.Databases.SelectMany(entry => OfDatabase($"{databases.Path}:{entry.Key}", entry.Key, entry.Value)))
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> UnknownKeys(IConfigurationSection at, string[] known) =>
        from child in at.GetChildren()
        where !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
        select $"{child.Path}: unknown key; known: {string.Join(", ", known)}.";

    private IEnumerable<string> OutOfRange(SqlLabOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => $"{section.Path}:{result.MemberNames.First()}: {result.ErrorMessage}");
    }

    private IEnumerable<string> OfDatabase(string key, string name, SqlDatabaseOptions options)
    {
        if (!Names.IsValid(name)) yield return $"{key}: '{name}' is not a name for a database: [a-z0-9][a-z0-9._-]{{0,99}}.";
        var kind = kinds.FirstOrDefault(candidate => string.Equals(candidate.Name, options.Kind, StringComparison.OrdinalIgnoreCase));
        if (kind is null)
        {
            yield return $"{key}:Kind: '{options.Kind}' is not a kind of database; known: {string.Join(", ", kinds.Select(candidate => candidate.Name).Order(StringComparer.Ordinal))}.";
            yield break;
        }

        if (options.PasswordFile is { } file && !File.Exists(file)) yield return $"{key}:PasswordFile: there is no file '{file}'.";
        foreach (var problem in kind.Validate(key, options)) yield return problem;
    }
}
