using System.Text;

namespace Molino.Jobs.SqlLab.Tests;

public sealed class RowPageWriterTests
{
    private static readonly SqlColumn[] Columns = [new("a,b", "String", SqlColumnKind.Text), new("n", "UInt8", SqlColumnKind.Number)];

    private const string Rows = "[\"x\",1]\n[null,2]\n[\"\",3]\n[\"a \\\"b\\\", c\\r\\nd\",4]\n[\"=1+1\",-5]\n[\"-7.5\",true]\n[[\"p\",\"q\"],{\"base64\":\"AA==\"}]\n[\"\\u00e1😀\",0.5]\n";

    [Fact]
    public async Task Csv_allValues_followRfc4180() =>
        (await Pages.CsvAsync(Columns, [Encoding.UTF8.GetBytes(Rows)], 0, 100)).ShouldBe(
            "\"a,b\",n\r\nx,1\r\n,2\r\n\"\",3\r\n\"a \"\"b\"\", c\r\nd\",4\r\n=1+1,-5\r\n-7.5,true\r\n\"[\"\"p\"\",\"\"q\"\"]\",\"{\"\"base64\"\":\"\"AA==\"\"}\"\r\ná😀,0.5\r\n");

    [Fact]
    public async Task Csv_guarded_marksFormulasOnly() =>
        (await Pages.CsvAsync(Columns, [Encoding.UTF8.GetBytes(Rows)], 4, 2, guardFormulas: true)).ShouldBe("\"a,b\",n\r\n\"'=1+1\",-5\r\n-7.5,true\r\n");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Json_rowsCrossParts_pageIsTheSame(int partBytes)
    {
        var parts = Encoding.UTF8.GetBytes(Rows).Chunk(partBytes);
        (await Pages.JsonAsync(Columns, 8, parts, 1, 2)).ShouldBe(
            "{\"columns\":[{\"name\":\"a,b\",\"type\":\"String\",\"kind\":\"text\"},{\"name\":\"n\",\"type\":\"UInt8\",\"kind\":\"number\"}],\"rows\":[[null,2],[\"\",3]],\"total\":8}");
    }

    [Fact]
    public async Task Json_offsetPastTheEnd_isEmpty() =>
        (await Pages.JsonAsync([], 8, [Encoding.UTF8.GetBytes(Rows)], 8, 10)).ShouldBe("{\"columns\":[],\"rows\":[],\"total\":8}");

    [Fact]
    public async Task Json_takeNothing_isEmpty() => (await Pages.JsonAsync([], 8, [Encoding.UTF8.GetBytes(Rows)], 0, 0)).ShouldBe("{\"columns\":[],\"rows\":[],\"total\":8}");
}
