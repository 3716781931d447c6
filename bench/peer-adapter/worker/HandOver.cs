using System.Globalization;

namespace Molino.PeerWorker;

/// <summary>A store has one silo at a time: the one that works asks the one that held the store to stop, and starts when that process is gone.</summary>
internal static class HandOver
{
    /// <summary>The call that asks.</summary>
    public const string Path = "/bench/hand-over";

    /// <summary>Answers the process id and stops.</summary>
    public static async Task Give(HttpContext context, IHostApplicationLifetime lifetime)
    {
        await context.Response.WriteAsync(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), context.RequestAborted);
        await context.Response.CompleteAsync();
        lifetime.StopApplication();
    }

    /// <summary>Asks, and waits for the end of the other process; at once when nobody answers.</summary>
    public static async Task TakeAsync(string url)
    {
        using var http = new HttpClient();
        try
        {
            using var answer = await http.PostAsync(new Uri(url + Path), content: null);
            var process = await answer.Content.ReadAsStringAsync();
            while (Runs(process)) await Task.Delay(5);
        }
        catch (HttpRequestException)
        {
            // Nobody holds the store: the silo before this one was killed.
        }
    }

    /// <summary>A process that has ended stays listed as a zombie (Z) until its parent asks for it.</summary>
    private static bool Runs(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
