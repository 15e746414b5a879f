using Microsoft.Extensions.Hosting;

namespace Sigma.Hosting;

/// <summary>For what must not begin before the process answers over HTTP.</summary>
public static class ApplicationStart
{
    /// <summary>Waits until everything in the process has been started.</summary>
    public static async Task WaitForStart(this IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(ct);
    }
}
