namespace Sigma.Archive;

/// <summary>Settings of the archive.</summary>
public sealed class ArchiveOptions;
