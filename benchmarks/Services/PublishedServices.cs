using System.Diagnostics;

namespace Sigma.Benchmarks.Services;

/// <summary>The services as their images have them: published as docker/Dockerfile does it.</summary>
internal static class PublishedServices
{
    static readonly string Artifacts = Path.GetFullPath("../../..", AppContext.BaseDirectory);

    // Not among the ordinary build's outputs, which are not compiled ahead of time.
    static readonly string Folder = Path.Combine(Artifacts, "images");

    /// <summary>What has not changed since the last time is not compiled again.</summary>
    public static async Task Publish(IEnumerable<string> services, CancellationToken ct)
    {
        // A file that is no longer compiled would stay as it was.
        if (Path.Combine(Folder, "publish") is var before && Directory.Exists(before))
            Directory.Delete(before, recursive: true);
        foreach (var service in services)
        {
            Progress.Say($"Publishing the {service} as its image has it");
            using var publish = Process.Start("dotnet", ["publish", Path.Combine(Artifacts, "..", "services", service), "-c", "Release",
                "-p:ForImage=true", "--artifacts-path", Folder, "-v", "quiet", "--nologo", "--disable-build-servers"]);
            await publish.WaitForExitAsync(ct);
            if (publish.ExitCode != 0)
                throw new InvalidOperationException($"The {service} was not published.");
        }
    }

    /// <summary>Where a published assembly is.</summary>
    public static string Locate(string assembly) =>
        Path.Combine(Folder, "publish", Path.GetFileNameWithoutExtension(assembly), "release", assembly);
}
