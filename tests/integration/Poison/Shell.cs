using System.Text.Json;
using Sigma.Cli;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Poison;

/// <summary>A person at the keyboard who types <c>sigma …</c>; his .env is the station's, and so is his clock.</summary>
internal sealed class Shell : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-shell-");

    readonly TimeProvider _clock;

    public Shell(Station station)
        : this(station.Settings, station.Clock)
    {
    }

    public Shell(IEnumerable<KeyValuePair<string, string?>> settings, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        File.WriteAllLines(EnvFile, settings.Select(s => $"{s.Key.Replace(":", "__")}='{s.Value}'"));
    }

    public string Folder => _folder.FullName;

    string EnvFile => Path.Combine(_folder.FullName, ".env");

    public Task<Answer> Sigma(params string[] args) => Sigma(CancellationToken.None, args);

    /// <summary>The same; the token is Ctrl+C.</summary>
    public async Task<Answer> Sigma(CancellationToken ct, params string[] args)
    {
        using StringWriter output = new(), error = new();
        var exitCode = await CommandLine.Run([.. args, "--env-file", EnvFile], output, error, ct, _clock);
        return new Answer(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The same with <c>--json</c>.</summary>
    public async Task<(int ExitCode, IReadOnlyList<JsonElement> Lines)> Json(params string[] args)
    {
        var answer = await Sigma([.. args, "--json"]);
        return (answer.ExitCode,
            [.. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)]);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

internal sealed record Answer(int ExitCode, string Output, string Error);
