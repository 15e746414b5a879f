namespace Sigma.TestServers.Processes;

/// <summary>What a finished command left behind.</summary>
internal sealed record CommandOutcome(string Command, int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    public CommandOutcome OrThrow() => Succeeded
        ? this
        : throw new InvalidOperationException($"'{Command}' ended with code {ExitCode}.{Environment.NewLine}{Output}{Environment.NewLine}{Error}");
}
