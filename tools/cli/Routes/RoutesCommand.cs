using System.CommandLine;

namespace Sigma.Cli.Routes;

/// <summary><c>sigma routes</c>: which alerts go to whom.</summary>
internal static class RoutesCommand
{
    public static Command Create(TimeProvider time) =>
        new("routes", "Which alerts go to which receiver, and when.") { TestRoutes.Create(time) };
}
