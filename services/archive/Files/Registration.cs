using Sigma.Hosting;

namespace Sigma.Archive.Files;

internal static class Registration
{
    /// <summary>The folder, which this process has for itself.</summary>
    public static ServiceBuilder AddFolder(this ServiceBuilder service)
    {
        service.Services.AddSingleton<ArchiveFolder>().AddSingleton<IStartCondition, FolderLock>();
        return service;
    }
}
