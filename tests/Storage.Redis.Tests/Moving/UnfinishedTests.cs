using Molino.Storage.Redis.Moving;

namespace Molino.Storage.Redis.Tests.Moving;

/// <summary>How a store that was never completed is cleared away.</summary>
public sealed class UnfinishedTests
{
    [Fact]
    public void Command_NamesEveryDatabase_AndNoSecret()
    {
        var options = new RedisStoreOptions { Connection = "host:7000, user=me,Password=geheim,ssl=true,defaultDatabase=3", Prefix = "Prod_1", ContentDatabase = 4, StateDatabase = 5 };

        var message = RedisStoreImport.Unfinished(options, "now").Message;

        message.ShouldContain("'molino store discard redis:host:7000,user=me,password=...,ssl=true,defaultDatabase=3,resultDatabase=4,stateDatabase=5 --cluster Prod_1'");
        message.ShouldNotContain("geheim");
    }
}
