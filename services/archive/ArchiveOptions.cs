using System.ComponentModel.DataAnnotations;
using Sigma.Archive.Agents;
using Sigma.Archive.Logs;
using Sigma.Archive.Samples;

namespace Sigma.Archive;

/// <summary>Section <c>Archive</c>.</summary>
public sealed class ArchiveOptions
{
    /// <summary>Where the archive keeps its files; one process at a time may have it.</summary>
    [Required]
    public string Folder { get; set; } = "data/archive";

    /// <summary>Log lines.</summary>
    public LogOptions Logs { get; set; } = new();

    /// <summary>Measured values.</summary>
    public SampleOptions Samples { get; set; } = new();

    /// <summary>Agents.</summary>
    public AgentOptions Agents { get; set; } = new();
}
