using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>Takes in what came by syslog. Nobody is answered, so it is tried until the broker has it: meanwhile nothing more is read.</summary>
internal sealed class SyslogIntake(LogIntake intake, TimeProvider time, ILogger<SyslogIntake> log)
{
    /// <summary>What is published at once: each of some hundred connections may hold so much, and a buffer besides.</summary>
    public const int MostLines = 1_000, MostCharacters = 128 * 1024;

    const string Protocol = "syslog";

    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Whether there are as many as are published at once.</summary>
    public static bool IsFull(LineCollector lines) => lines.Lines.Count >= MostLines || lines.Length >= MostCharacters;

    /// <summary>Lines that come now.</summary>
    public LineCollector Collect(Integration integration) => intake.Collect(integration);

    /// <summary>Returns once the broker has the lines.</summary>
    /// <exception cref="OperationCanceledException">It has not, and the process stops: the lines are lost.</exception>
    public async Task Keep(LineCollector lines, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await intake.Keep(lines, Protocol, ct);
                return;
            }
            catch (RefusedException e)
            {
                log.LogDebug("{Count} lines of {Integration} wait: {Reason}", lines.Lines.Count, lines.Integration.Name, e.Message);
                var pause = e.RetryAfter < LongestPause ? e.RetryAfter : LongestPause;
                await Task.Delay(pause, time, ct);
            }
        }
    }
}
