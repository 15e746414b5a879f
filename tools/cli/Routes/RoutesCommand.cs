using System.CommandLine;
using Sigma.Notifier.Routing;

namespace Sigma.Cli.Routes;

/// <summary><c>sigma routes</c>: which alerts go to whom.</summary>
internal static class RoutesCommand
{
    public static Command Create(TimeProvider time) => new("routes",
        """
        Which alerts go to which receiver, and when: by the settings, which nobody changes here, and by what people make beside them. That is one
        text with routes, maintenance windows, inhibitions and escalations; each change of it is a revision, with who, when and why.
        """)
    {
        TestRoutes.Create(time), ChangeRoutes.Show(time), ChangeRoutes.Put(time), ChangeRoutes.History(time), ChangeRoutes.RollBack(time),
    };

    public static Option<FileInfo?> File(string description) => new("--file") { Description = description, HelpName = "file" };

    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="PolicyTextException">It says something that is wrong.</exception>
    public static async Task<PolicyOptions> Read(FileInfo file, CancellationToken ct) => file.Name == "-" && !file.Exists
        ? PolicyText.Read(await Console.In.ReadToEndAsync(ct))
        : file.Exists ? PolicyText.Read(await System.IO.File.ReadAllTextAsync(file.FullName, ct))
        : throw new UsageException($"There is no file {file.FullName}.");
}
