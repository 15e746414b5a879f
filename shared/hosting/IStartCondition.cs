namespace Sigma.Hosting;

/// <summary>
/// What a process must have for itself before it starts, such as a folder that another process may hold. Until then it stands by: it is alive, not
/// ready, and takes no messages.
/// </summary>
public interface IStartCondition
{
    /// <summary>Its name among the health checks, in one word.</summary>
    string Name { get; }

    /// <summary>Takes it, or says why that is not possible now; null when it is taken.</summary>
    string? Missing();
}
