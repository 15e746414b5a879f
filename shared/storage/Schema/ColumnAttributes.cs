namespace Sigma.Storage.Schema;

/// <summary>A name that identifies: case, accents and spaces at the end count.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ByBytesAttribute : Attribute;

/// <summary>The column is 0 where nothing is said, so that a version that does not know it still inserts.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ZeroAttribute : Attribute;

/// <summary>The column is the database's time where nothing is said.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NowAttribute : Attribute;

/// <summary>A text longer than a varchar should be.</summary>
/// <param name="mySqlType"><c>text</c> for up to 64 KB, <c>mediumtext</c> for more.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LongTextAttribute(string mySqlType = "text") : Attribute
{
    /// <summary>The type on MySQL; SQLite has but one.</summary>
    public string MySqlType => mySqlType;
}
