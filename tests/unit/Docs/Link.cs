namespace Sigma.UnitTests.Docs;

/// <summary>A link or a mention of a page, and where it stands; its path begins at <paramref name="Folder"/>.</summary>
internal sealed record Link(string File, int Line, string Target, string Folder)
{
    string? Anchor => Target.Contains('#') ? Target[(Target.IndexOf('#') + 1)..] : null;

    /// <summary>Path from the root of what it points at.</summary>
    public string Page
    {
        get
        {
            var path = Target.Split('#')[0];
            return path.Length == 0 ? File : RepositoryFiles.Combine(Folder, path);
        }
    }

    /// <summary>Whether the file and the heading exist.</summary>
    public bool Resolves
    {
        get
        {
            var target = RepositoryFiles.FullPath(Page);
            if (!System.IO.File.Exists(target))
                return Anchor is null && Directory.Exists(target);
            return Anchor is null || Docs.Page.Read(Page).Anchors.Contains(Anchor);
        }
    }

    public override string ToString() => $"{File}, line {Line}: {Target}";
}
