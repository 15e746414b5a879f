using System.IO.Enumeration;

namespace Sigma.Simulator;

internal static class PathPattern
{
    /// <summary><c>*</c> stands for anything, slashes too.</summary>
    public static bool Matches(string pattern, string path) => FileSystemName.MatchesSimpleExpression(pattern, path);
}
