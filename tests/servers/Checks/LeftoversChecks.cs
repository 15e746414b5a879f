using System.Diagnostics;

namespace Sigma.TestServers.Checks;

public sealed class LeftoversChecks
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [InstalledServersFact]
    public async Task Servers_and_data_end_with_the_process_that_started_them_even_when_it_is_killed()
    {
        // The command under the servers says where the broker is, then waits for ever.
        var start = new ProcessStartInfo("dotnet", [typeof(RabbitMqServer).Assembly.Location, "run", "--", "sh", "-c", "echo up; exec cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        };
        start.Environment.Remove("SIGMA_TEST_RABBITMQ");
        start.Environment.Remove("SIGMA_TEST_MYSQL");
        start.Environment.Remove("SIGMA_TEST_CONTAINERS");
        using var owner = Process.Start(start)!;
        while (await owner.StandardOutput.ReadLineAsync() is { } line && line != "up") { }
        Assert.NotEmpty(Leftovers(owner.Id));

        owner.Kill(entireProcessTree: false);
        await owner.WaitForExitAsync();

        await Await.Until(() => Task.FromResult(string.Join(", ", Leftovers(owner.Id))), left => left.Length == 0,
            "what a killed owner left behind is gone", Timeout);
    }

    static List<string> Leftovers(int owner)
    {
        var folders = Directory.EnumerateFileSystemEntries(Processes.PrivateFolder.Root, $"*-{owner}-*");
        var processes = Directory.EnumerateDirectories("/proc").Where(process => EnvironmentOf(process).Contains($"-{owner}-"));
        return [.. folders, .. processes];
    }

    static string EnvironmentOf(string process)
    {
        try
        {
            var variables = File.ReadAllText(Path.Combine(process, "environ")).Split('\0');
            return variables.FirstOrDefault(variable => variable.StartsWith("SIGMA_SERVERS_FOLDER=", StringComparison.Ordinal)) ?? "";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
