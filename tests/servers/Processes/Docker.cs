namespace Sigma.TestServers.Processes;

/// <summary>The <c>docker</c> command, if there is one with an engine behind it.</summary>
internal static class Docker
{
    /// <summary>Set to run the tests against the versions of production rather than those that are installed.</summary>
    const string Variable = "SIGMA_TEST_CONTAINERS";

    public static bool IsWanted => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    public static async Task<bool> IsAvailable(CancellationToken ct) =>
        CommandLine.Find("docker") is { } docker && (await CommandLine.Run(docker, ["info"], ct)).Succeeded;

    public static async Task<string> Run(CancellationToken ct, params string[] arguments)
    {
        var docker = CommandLine.Find("docker") ?? throw new InvalidOperationException("There is no docker command.");
        var outcome = (await CommandLine.Run(docker, arguments, ct)).OrThrow();
        return string.Join(Environment.NewLine, new[] { outcome.Output, outcome.Error }.Where(text => text.Length > 0));
    }
}
