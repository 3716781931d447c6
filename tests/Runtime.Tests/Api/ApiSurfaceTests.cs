using System.Reflection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Molino.Runtime.Tests.Api;

/// <summary>
/// Holds our <c>Orleans*</c> namespaces to the API of Orleans 10.4.2: what compiles against ours compiles against the real one.
/// The facts are in <c>Orleans-10.4.2.txt</c>; one of the real packages restores, and is compared as it is.
/// </summary>
public sealed class ApiSurfaceTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<string>>> Ours = new(() =>
        new[] { typeof(IGrain).Assembly, typeof(OrleansSiloGenericHostExtensions).Assembly }
            .SelectMany(a => ApiReader.Read(a.Location, IsOrleans))
            .ToDictionary());

    [Fact]
    public void every_public_member_stands_in_the_facts_of_orleans()
    {
        var facts = File.ReadLines(Metadata("OrleansFacts")).Where(line => !line.StartsWith('#')).ToHashSet();

        Ours.Value.Values.SelectMany(members => members).Where(member => !facts.Contains(member)).ShouldBeEmpty();
    }

    [Fact]
    public void facts_list_nothing_that_we_do_not_have()
    {
        var ours = Ours.Value.Values.SelectMany(members => members).ToHashSet();

        File.ReadLines(Metadata("OrleansFacts")).Where(line => !line.StartsWith('#') && !ours.Contains(line)).ShouldBeEmpty();
    }

    [Fact]
    public void members_of_core_abstractions_are_those_of_the_real_package()
    {
        var real = ApiReader.Read(Path.Combine(Metadata("OrleansPackage"), "lib", "net10.0", "Orleans.Core.Abstractions.dll"), IsOrleans);
        var shared = Ours.Value.Where(type => real.ContainsKey(type.Key)).ToList();

        shared.Count.ShouldBeGreaterThan(30);
        shared.SelectMany(type => type.Value.Except(real[type.Key])).ShouldBeEmpty();
    }

    private static bool IsOrleans(string space) =>
        space == "Orleans" || space.StartsWith("Orleans.", StringComparison.Ordinal) || space == "Microsoft.Extensions.Hosting";

    private static string Metadata(string key) =>
        typeof(ApiSurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
