using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Molino.Runtime.Generators.Tests;

public sealed class GrainCodeGeneratorTests
{
    [Fact]
    public void interfaces_classes_and_messages_compile_and_are_registered()
    {
        var generated = Generated.From("""
            namespace N;

            public interface IBase : IGrainWithStringKey { Task<int> BaseAsync(); }

            public interface IFoo : IBase
            {
                Task PlainAsync();
                Task<string> WithArgumentsAsync(int @class, string? text, CancellationToken token = default);
                ValueTask ValueAsync(List<Message> messages);
                ValueTask<IReadOnlyDictionary<string, Message>?> MapAsync((int, Message[]) pair, Guid? id);
                [OneWay] Task RingAsync();
                [AlwaysInterleave, ResponseTimeout("00:00:05")] Task<Generic<Message>> PeekAsync(IFoo other, Kind kind, [Immutable] byte[] bytes);
                Task OverloadAsync(int a);
                Task OverloadAsync(string a);
                IAsyncEnumerable<Message> StreamAsync(int @from, List<int> numbers, CancellationToken token = default);
            }

            public interface IObserver : IGrainObserver { void OnEvent(Message message); Task<int> AskAsync(); }

            public enum Kind { One }

            [GenerateSerializer] public record Message([property: Id(0)] string Text) { [Id(1)] public List<int> Numbers { get; private set; } = []; }
            [GenerateSerializer] public sealed record Positional(string Text, byte[] Bytes);
            [GenerateSerializer] public class Generic<T> where T : class { [Id(0)] public T? Value; [Id(1)] private readonly T[] _all = []; [NonSerialized] public int Cache; public int Count => _all.Length; }
            [GenerateSerializer] public struct Point { [Id(0)] public int X { get; init; } [Id(1)] public int[] More; }
            [GenerateSerializer] public abstract class Shape { [Id(0)] public string Name { get; set; } = ""; }
            [GenerateSerializer] internal sealed class Circle : Shape { [Id(0)] public required double Radius { get; init; } }

            [Reentrant, CollectionAgeLimit(Hours = 1, Minutes = 30)]
            public partial class FooGrain : Grain, IFoo
            {
                public FooGrain([PersistentState("s", "store")] IPersistentState<Generic<Positional>> state) { }
                public Task<int> BaseAsync() => Task.FromResult(1);
                public Task PlainAsync() => Task.CompletedTask;
                public Task<string> WithArgumentsAsync(int @class, string? text, CancellationToken token) => Task.FromResult("");
                public ValueTask ValueAsync(List<Message> messages) => default;
                public ValueTask<IReadOnlyDictionary<string, Message>?> MapAsync((int, Message[]) pair, Guid? id) => default;
                public Task RingAsync() => Task.CompletedTask;
                public Task<Generic<Message>> PeekAsync(IFoo other, Kind kind, byte[] bytes) => throw new Exception();
                public Task OverloadAsync(int a) => Task.CompletedTask;
                public Task OverloadAsync(string a) => Task.CompletedTask;
                public IAsyncEnumerable<Message> StreamAsync(int @from, List<int> numbers, CancellationToken token) => throw new Exception();
            }

            public partial class FooGrain { }

            public static class Outer
            {
                public interface IInner : IGrainWithIntegerKey { Task PingAsync(); }
                [StatelessWorker(4), GrainType("inner-worker")] public sealed class Inner : Grain, IInner { public Task PingAsync() => Task.CompletedTask; }
            }
            """);

        generated.Mistakes.ShouldBeEmpty();
        generated.CompilerErrors.ShouldBeEmpty();
        var manifest = generated.Files["GrainManifest.g.cs"];
        manifest.ShouldContain("typeof(global::N.FooGrain), \"foo\"");
        manifest.ShouldContain("IsReentrant = true");
        manifest.ShouldContain("CollectionAgeMinutes = 90d");
        manifest.ShouldContain("typeof(global::N.Outer.Inner), \"inner-worker\"");
        manifest.ShouldContain("MaxLocalWorkers = 4");
        manifest.ShouldContain("AddCopier<global::N.Circle>");
        manifest.ShouldContain("AddCopier<global::N.Generic<global::N.Positional>>");
    }

    [Theory]
    [InlineData("public interface IFoo : IGrainWithStringKey { int Count(); }", "MOL1001")]
    [InlineData("public interface IFoo : IGrainWithStringKey { void Count(); }", "MOL1001")]
    [InlineData("public interface IFoo : IGrainWithStringKey { IEnumerable<int> Count(); }", "MOL1001")]
    [InlineData("public interface IFoo : IGrainWithStringKey { int Count { get; } }", "MOL1002")]
    [InlineData("public interface IFoo : IGrainWithStringKey { event Action Happened; }", "MOL1002")]
    [InlineData("public interface IFoo<T> : IGrainWithStringKey { Task CountAsync(); }", "MOL1003")]
    [InlineData("public interface IFoo : IGrainWithStringKey { Task CountAsync<T>(); }", "MOL1003")]
    [InlineData("public interface IFoo : IGrainWithStringKey { Task CountAsync(ref int a); }", "MOL1004")]
    [InlineData("public interface IFoo : IGrainWithStringKey { Task CountAsync(System.Text.StringBuilder a); }", "MOL1005")]
    [InlineData("public interface IFoo : IGrainWithStringKey { Task<List<System.IO.MemoryStream>> CountAsync(); }", "MOL1005")]
    [InlineData("public interface IFoo : IGrainWithStringKey { Task CountAsync(Action a); }", "MOL1005")]
    [InlineData("[GenerateSerializer] public class Foo { [Id(0)] public System.Text.StringBuilder A { get; set; } }", "MOL1005")]
    [InlineData("[GenerateSerializer] public class Foo { public int A { get; set; } }", "MOL1006")]
    [InlineData("[GenerateSerializer] public class Foo { private int _a; public int A() => _a; }", "MOL1006")]
    [InlineData("[GenerateSerializer] public class Foo { [Id(0)] public int A { get; set; } [Id(0)] public int B { get; set; } }", "MOL1007")]
    [InlineData("public class Outer { private interface IFoo : IGrainWithStringKey { Task CountAsync(); } }", "MOL1008")]
    [InlineData("public class Outer { [GenerateSerializer] private class Foo { } }", "MOL1008")]
    [InlineData("public interface IFoo : IGrainWithStringKey { [OneWay] Task<int> CountAsync(); }", "MOL1009")]
    [InlineData("public interface IFoo : IGrainWithStringKey { Task CountAsync(CancellationToken a, CancellationToken b); }", "MOL1010")]
    public void mistake_is_reported_once_and_by_id(string source, string id)
    {
        var generated = Generated.From(source);

        generated.Mistakes.ShouldHaveSingleItem().ShouldStartWith(id);
    }

    [Fact]
    public void source_without_grains_generates_nothing()
    {
        var generated = Generated.From("public interface IFoo { int Count(); } public class Foo : IFoo { public int Count() => 0; }");

        generated.Files.ShouldBeEmpty();
        generated.Mistakes.ShouldBeEmpty();
    }

    [Fact]
    public void edit_elsewhere_reuses_what_was_generated()
    {
        const string Grains = """
            using System.Threading.Tasks; using Orleans;
            public interface IFoo : IGrainWithStringKey { Task PingAsync(); }
            [GenerateSerializer] public sealed record Message([property: Id(0)] int[] Numbers);
            """;
        var compilation = Generated.Compile(Grains);
        var options = new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        var driver = CSharpGeneratorDriver.Create([new GrainCodeGenerator().AsSourceGenerator()], driverOptions: options).RunGenerators(compilation);

        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Elsewhere { }")));

        driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs)
            .ShouldAllBe(output => output.Reason == IncrementalStepRunReason.Cached);
    }
}
