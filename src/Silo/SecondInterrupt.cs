using System.Runtime.InteropServices;

namespace Molino.Silo;

/// <summary>The first Ctrl-C drains (the host's own handler); a second stops at once. Nothing is lost: what was acknowledged is in the store.</summary>
internal static class SecondInterrupt
{
    private static PosixSignalRegistration? s_registration;

    public static void Install(WebApplication app)
    {
        s_registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                Console.Error.WriteLine("molino: stopped at once; what ran will run again.");
                Environment.FailFast(null);
            }
        });
    }
}
