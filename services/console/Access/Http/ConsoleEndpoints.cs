using System.Reflection;

namespace Sigma.OperatorConsole.Access.Http;

/// <summary>
/// Which endpoints are the console's. Whatever it is, it is closed until one has signed in: a new endpoint that nobody thinks of is not open. The
/// standalone host has other services in the same process, whose endpoints answer as they do without a console. These are told by the assembly that
/// their handler is in, and health, metrics and the internal API, which are the host's, by their addresses.
/// </summary>
internal static class ConsoleEndpoints
{
    static readonly Assembly Ours = typeof(ConsoleEndpoints).Assembly;

    /// <summary>Whether another service of this process answers.</summary>
    public static bool IsAnothers(HttpContext http) => AccessPaths.IsAnothers(http.Request.Path)
        || http.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>()?.DeclaringType?.Assembly is { } assembly && assembly != Ours
            && assembly.GetName().Name?.StartsWith("Sigma.", StringComparison.Ordinal) == true;
}
