using System.ComponentModel.DataAnnotations;
using Sigma.Probes;

namespace Sigma.Samples.Probes;

/// <summary>Parameters: which folder, and how many files are too many.</summary>
public sealed class FolderSizeParameters
{
    [Required]
    public string Folder { get; set; } = "";

    [Range(1, int.MaxValue)]
    public int MostFiles { get; set; } = 1000;
}

/// <summary>How many files a folder has, and how large they are: a queue on disk that nobody empties grows.</summary>
public sealed class FolderSizeProbe : Probe<FolderSizeParameters>
{
    public override string Name => "folder-size";

    public override string Description => "counts the files of a folder and their bytes";

    protected override Task<ProbeAnswer> Check(FolderSizeParameters parameters, CancellationToken ct)
    {
        var files = new DirectoryInfo(parameters.Folder).EnumerateFiles().TakeWhile(_ => !ct.IsCancellationRequested).ToList();
        ProbeSample[] samples = [new("folder_files", files.Count), new("folder_bytes", files.Sum(file => file.Length))];
        return Task.FromResult(files.Count <= parameters.MostFiles ? ProbeAnswer.Up(samples)
            : ProbeAnswer.Down($"{files.Count} files wait in {parameters.Folder}", samples));
    }
}
