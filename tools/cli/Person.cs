using System.CommandLine;

namespace Sigma.Cli;

/// <summary>Who types a command.</summary>
internal static class Person
{
    /// <summary><c>--by</c>: who does it, by default the user and the machine, which the help then names.</summary>
    /// <param name="does">What they do, and where it is kept.</param>
    public static Option<string> By(string does) => new("--by")
    {
        Description = $"Who {does}", HelpName = "name",
        DefaultValueFactory = _ => $"{Environment.UserName} on {Environment.MachineName}",
    };
}
