using Molino.Core;

namespace Molino.Api;

/// <summary>The body of <c>POST /api/users</c>.</summary>
/// <param name="Name">The name, <c>[a-z0-9][a-z0-9._-]{0,99}</c>.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Kind"><c>user</c> with a password, or <c>key</c>. Default <c>user</c> when a password is given, <c>key</c> otherwise.</param>
/// <param name="Password">The password of a user, 8 to 200 characters; not for a key.</param>
internal sealed record UserRequest(string Name, Role Role, UserKind Kind = UserKind.User, string? Password = null)
{
    private const int NameField = 0, RoleField = 1, KindField = 2, PasswordField = 3;

    private static readonly FieldNames Fields = new("name", "role", "kind", "password");

    /// <summary>Reads it.</summary>
    /// <param name="body">JSON.</param>
    /// <exception cref="JobValidationException">A field is wrong.</exception>
    public static UserRequest Read(ReadOnlySpan<byte> body)
    {
        var reader = JobRequests.Open(body, Fields);
        string? name = null, role = null, kind = null, password = null;
        for (var field = reader.NextField(); field >= 0; field = reader.NextField())
        {
            switch (field)
            {
                case NameField: name = reader.Text(); break;
                case RoleField: role = reader.Text(); break;
                case KindField: kind = reader.Text(); break;
                case PasswordField: password = reader.Text(); break;
            }
        }

        reader.End();
        var errors = reader.Errors;
        if (!Names.IsValid(name)) errors.Add("name", "Must be [a-z0-9][a-z0-9._-]{0,99}.");
        Role? granted = role switch { "viewer" => Role.Viewer, "operator" => Role.Operator, "admin" => Role.Admin, _ => null };
        if (granted is null) errors.Add("role", "Must be viewer, operator or admin.");
        UserKind? chosen = kind switch { "user" => UserKind.User, "key" => UserKind.Key, null => password is null ? UserKind.Key : UserKind.User, _ => null };
        if (chosen is null) errors.Add("kind", "Must be user or key.");
        if (chosen == UserKind.Key && password is not null) errors.Add("password", "A key has none: it is made here and answered once.");
        if (chosen == UserKind.User && password is not { Length: >= 8 and <= 200 }) errors.Add("password", "Must be 8 to 200 characters.");
        errors.ThrowIfAny(ErrorCodes.InvalidRequest);
        return new UserRequest(name!, granted!.Value, chosen!.Value, password);
    }

    /// <summary>Leaves the password out.</summary>
    public override string ToString() => $"{Kind} {Name} ({Role})";
}
