using System.Diagnostics;

namespace Sigma.TestServers.Processes;

/// <summary>Waits until a started server answers, and tells the story when it does not.</summary>
internal static class Readiness
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task Await(IServer server, string name, TimeSpan timeout, Func<CancellationToken, Task> probe, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
                patience.CancelAfter(TimeSpan.FromSeconds(10));
                await probe(patience.Token);
                return;
            }
            catch (Exception refused) when (!ct.IsCancellationRequested)
            {
                if (!server.IsRunning) throw await Failure("ended while it was starting", refused);
                if (clock.Elapsed > timeout) throw await Failure($"did not answer within {timeout.TotalSeconds:0} s", refused);
            }
            await Task.Delay(Pause, ct);
        }

        async Task<Exception> Failure(string what, Exception cause) =>
            new InvalidOperationException($"{name} ({server.Origin}) {what}: {cause.Message}{Environment.NewLine}{await server.LogTail(ct)}", cause);
    }
}
