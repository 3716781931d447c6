namespace Molino.Runtime.Tests.Activations;

public interface IServiceNobodyRegistered
{
    void Nothing();
}
