namespace Sigma.Storage;

/// <summary>The databases there are.</summary>
public static class Dialects
{
    /// <summary>The dialect of a provider.</summary>
    public static IDialect Of(StorageProvider provider) => provider switch
    {
        StorageProvider.Sqlite => new SqliteDialect(),
        _ => new MySqlDialect(),
    };
}
