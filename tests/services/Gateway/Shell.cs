using System.Text.Json;

namespace Sigma.ServiceTests.Gateway;

/// <summary>Somebody who types <c>sigma …</c> on the machine of a gateway.</summary>
internal sealed class Shell(GatewaySession gateway)
{
    /// <summary>Types a command; returns how it ended and what it said.</summary>
    public async Task<(int ExitCode, string Output)> Sigma(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var exitCode = await global::Sigma.Cli.CommandLine.Run([.. args, "--data", gateway.File], output, error);
        return (exitCode, $"{output}{error}");
    }

    /// <summary>The same with <c>--json</c>: the objects that it says. Fails when it does not end as expected.</summary>
    public async Task<IReadOnlyList<JsonElement>> Json(int exitCode, params string[] args)
    {
        var (ended, output) = await Sigma([.. args, "--json"]);
        Assert.True(exitCode == ended, $"{string.Join(' ', args)} ended with {ended}: {output}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] == '{')
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
